// A machine for everybody: after a minute it asks whether anybody is still there, half a minute later it lets go of them.
