# wsproof in an image: `docker run --rm IMAGE probe`, and `docker run -p 9000:9000 IMAGE serve --public` for the origin
# alone (--trusted instead, where nobody but your proxy can reach it).
# Proxies in containers need the engine's socket, and the origin where they can reach it:
#   docker run --rm --network host -v /var/run/docker.sock:/var/run/docker.sock --group-add SOCKET_GROUP IMAGE matrix
FROM node:22-slim AS build
WORKDIR /wsproof
COPY package.json package-lock.json tsconfig.json ./
RUN npm ci --ignore-scripts
COPY src ./src
COPY test ./test
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:22-slim
ENV NODE_ENV=production \
    WSPROOF_HOST=0.0.0.0
WORKDIR /wsproof
COPY --from=build /wsproof/node_modules ./node_modules
COPY --from=build /wsproof/dist/src ./dist/src
COPY src/report/html/page ./src/report/html/page
COPY package.json LICENSE ./
COPY fixtures ./fixtures
COPY schema ./schema
COPY templates ./templates
USER node
EXPOSE 9000
ENTRYPOINT ["node", "/wsproof/dist/src/cli/main.js"]
CMD ["--help"]
