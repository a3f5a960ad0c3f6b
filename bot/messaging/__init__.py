"""What the channels have in common that write to people by themselves: order, delivery, calls from outside."""
