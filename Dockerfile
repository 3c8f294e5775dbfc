FROM node:22-bookworm-slim AS ui
WORKDIR /build/ui
COPY ui/package.json ui/package-lock.json ui/.npmrc ./
RUN npm install --no-save --no-audit --no-fund
COPY ui ./
RUN npm run build

FROM rust:1.95-bookworm AS server
WORKDIR /build
COPY Cargo.toml Cargo.lock build.rs ./
COPY src src
COPY migrations migrations
COPY data/model data/model
COPY --from=ui /build/ui/dist ui/dist
RUN cargo build --release --locked --bin frontdesk

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /data frontdesk \
    && install -d -o frontdesk /data
COPY --from=server /build/target/release/frontdesk /usr/local/bin/frontdesk
USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
ENTRYPOINT ["frontdesk"]
CMD ["serve"]
