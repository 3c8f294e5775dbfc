# The web app, the server that carries it, and an image with nothing else. `docker compose up --build`
# uses it; by itself it keeps its tickets in /data:
#
#     docker build -t frontdesk .
#     docker run -p 127.0.0.1:8000:8000 -e FRONTDESK_ACCESS=open -v frontdesk:/data frontdesk

FROM node:22-bookworm-slim AS ui
WORKDIR /build/ui
COPY ui/package.json ui/package-lock.json ui/.npmrc ./
RUN npm install --no-save --no-audit --no-fund
COPY ui ./
RUN npm run build

FROM rust:1.95-slim-bookworm AS server
WORKDIR /build
# as scripts/release: the same program, byte for byte
ENV RUSTFLAGS="--remap-path-prefix=/build=/frontdesk --remap-path-prefix=/usr/local/cargo=/cargo" \
    CFLAGS="-ffile-prefix-map=/build=/frontdesk -ffile-prefix-map=/usr/local/cargo=/cargo"
# the dependencies alone, so that a change of the program does not build them again
COPY .cargo .cargo
COPY Cargo.toml Cargo.lock ./
RUN mkdir src && touch src/lib.rs && echo 'fn main() {}' > src/main.rs \
    && cargo build --release --locked --lib \
    && rm -r src
# .dockerignore lets in what the build needs, and neither databases nor keys
COPY . ./
COPY --from=ui /build/ui/dist ui/dist
# what `frontdesk --version` names: --build-arg FRONTDESK_COMMIT=$(git rev-parse --short=12 HEAD)
ARG FRONTDESK_COMMIT
# cargo goes by time: the empty program of above is younger than these files
RUN touch src/lib.rs src/main.rs && cargo build --release --locked --bin frontdesk

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/* \
    && groupadd --gid 10001 frontdesk \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data \
        --shell /usr/sbin/nologin frontdesk \
    && install -d -m 0700 -o frontdesk -g frontdesk /data
COPY --from=server /build/target/release/frontdesk /usr/local/bin/frontdesk
USER 10001:10001
WORKDIR /data
# whether everybody who reaches it may do everything, FRONTDESK_ACCESS must say: there is no default
ENV FRONTDESK_LISTEN=0.0.0.0:8000 \
    DATABASE_URL=sqlite:///data/frontdesk.db
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["frontdesk", "healthcheck"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["frontdesk"]
CMD ["serve"]
