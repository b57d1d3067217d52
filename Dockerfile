# The production image: compiled code and production dependencies, nothing else, as a user without rights.
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY tools ./tools
RUN npm ci
COPY tsconfig.json tsconfig.build.json vite.config.t[s] tsconfig.web.jso[n] ./
COPY schema ./schema
COPY src ./src
RUN npm run build && npm prune --omit=dev && rm -rf dist/.built dist/.tsbuildinfo

FROM node:24-slim
ENV NODE_ENV=production DATA_DIR=/data
WORKDIR /app
RUN mkdir /data && chown node:node /data
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY tools/health.mjs ./tools/health.mjs
COPY --from=build /app/schema/subgraph.graphql ./schema/subgraph.graphql
USER node
VOLUME /data
EXPOSE 14000
# SIGTERM: finish what runs, refuse what is new, exit 0 within 10 s.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s CMD ["node", "tools/health.mjs"]
CMD ["node", "dist/main.js"]
