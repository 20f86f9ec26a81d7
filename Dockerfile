# The site as a container that may write in /data alone: docs/operate.md, "In containers".
# Name the image by its digest where you build for production: --build-arg NODE=node:24-bookworm-slim@sha256:…
ARG NODE=node:24-bookworm-slim

FROM ${NODE} AS build
WORKDIR /site
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
# How visitors are counted stands in the pages, so it is chosen here and again where the container is run.
ARG VISITOR_COUNTS=embedded
ENV VISITOR_COUNTS=${VISITOR_COUNTS}
RUN npm run build && npm run copy:production -- /production

FROM ${NODE}
WORKDIR /site
RUN groupadd --system --gid 10001 campaign \
 && useradd --system --uid 10001 --gid campaign --home-dir /data --shell /usr/sbin/nologin campaign \
 && install --directory --owner campaign --group campaign --mode 700 /data
COPY --from=build /production /site
# OPERATION_HOST=0.0.0.0, given where the container is run, lets the platform ask from outside it.
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 OPERATION_HOST=127.0.0.1 OPERATION_PORT=3900 DATA_FOLDER=/data LOG=json
USER 10001:10001
VOLUME /data
# Readers are let in here, and nowhere else: never publish the port for an operator.
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s CMD node deploy/health-check.js "$OPERATION_HOST" "$OPERATION_PORT"
ENTRYPOINT ["node", "--max-semi-space-size=4", "server/serve.js"]
