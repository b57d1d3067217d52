# The production image: compiled code and production dependencies, nothing else, as a user without rights.
# The base image is a build argument, so that one can be pinned: docker build --build-arg NODE_IMAGE=node:24-slim@sha256:<digest> .
# `docker buildx imagetools inspect node:24-slim` shows the digest of today's.
ARG NODE_IMAGE=node:24-slim
FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Only what the lock file names as a folder, so that a change to another tool leaves the packages in the cache.
COPY tools/node24 ./tools/node24
COPY tools/client-kit ./tools/client-kit
COPY tools/grafbase ./tools/grafbase
RUN npm ci
COPY tools ./tools
COPY tsconfig.json tsconfig.build.json vite.config.t[s] tsconfig.web.jso[n] ./
COPY schema ./schema
COPY src ./src
RUN npm run build && npm run --silent sbom > sbom.cdx.json && npm prune --omit=dev && rm -rf dist/.built dist/.tsbuildinfo
# Half of what packages bring is for whoever builds with them: types, sources and maps. Their licences stay.
RUN find node_modules -type f \( -name '*.map' -o -name '*.ts' -o -name '*.cts' -o -name '*.mts' -o -name '*.md' \) \
  ! -iname '*licen*' ! -iname 'notice*' ! -iname 'copying*' -delete

FROM ${NODE_IMAGE}
ENV NODE_ENV=production DATA_DIR=/data
WORKDIR /app
RUN mkdir /data && chown node:node /data
COPY --from=build /app/package.json /app/sbom.cdx.json ./
COPY THIRD_PARTY_LICENSES.md ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY tools/health.mjs ./tools/health.mjs
COPY --from=build /app/schema/subgraph.graphql /app/schema/persisted-operations.json ./schema/
USER node
VOLUME /data
EXPOSE 14000
# SIGTERM: finish what runs, refuse what is new, exit 0 within 10 s.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s CMD ["node", "tools/health.mjs"]
CMD ["node", "dist/main.js"]
# Last, because it changes with each build: docker build --build-arg REVISION=$(git rev-parse HEAD) .
ARG REVISION=unknown
LABEL org.opencontainers.image.title="ozmap-cnt-subgraph" \
  org.opencontainers.image.description="GraphQL federation subgraph that joins CNT to OZmap" \
  org.opencontainers.image.revision="${REVISION}"
