# One image: the kiosk page, Telegram when TELEGRAM_TOKEN is set, Zalo when ZALO_TOKEN is. Keep /data.
#   docker build -t thu-tu . && docker run -p 8080:8080 -v thu-tu-data:/data thu-tu
FROM python:3.11-slim

ENV DATA=/data \
    HOST=0.0.0.0 \
    PORT=8080 \
    PYTHONUNBUFFERED=1 \
    PYTHONUTF8=1

WORKDIR /app
COPY requirements/run.txt requirements/run.txt
RUN pip install --no-cache-dir --no-deps --require-hashes --disable-pip-version-check --root-user-action=ignore \
    -r requirements/run.txt
COPY bot bot
COPY knowledge knowledge
COPY flows flows
RUN python -m compileall -q bot knowledge flows \
    && useradd --system --uid 10001 --home-dir /data --no-create-home thutu \
    && install -d -o thutu -g thutu /data

USER thutu
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=15s \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen('http://127.0.0.1:' + os.environ['PORT'] + '/health', timeout=4)"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["serve"]
