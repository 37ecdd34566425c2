# One image for every process: `serve` (the default), `work` and `migrate` are commands of the same program.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json .npmrc ./
# Without its scripts: `prepare` builds the UI, whose sources are not here yet.
RUN npm install --ignore-scripts --no-audit --no-fund
COPY . .
RUN npm run build && npm prune --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 ZHUJIAO_DATA_DIR=/data
WORKDIR /app
COPY --from=build /app ./
# A named volume takes over the owner of the folder it is mounted on.
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
ENTRYPOINT ["node", "cli/zhujiao.js"]
CMD ["serve"]
