# Two stages: what builds the page and the program stays behind; what runs is Debian's Node with the production packages.
FROM node:20.20-bookworm-slim AS build
WORKDIR /whyface
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:20.20-bookworm-slim
# glibc keeps freed memory in an arena a thread; two are enough for a process that mostly waits (lovell/sharp #2607).
ENV NODE_ENV=production \
    MALLOC_ARENA_MAX=2 \
    XDG_CACHE_HOME=/var/cache \
    WHYFACE_DATA=/var/lib/whyface
WORKDIR /whyface
COPY --from=build --chown=root:root /whyface /whyface
RUN mkdir -p /var/lib/whyface /var/cache/whyface \
    && chown node:node /var/lib/whyface /var/cache/whyface
USER node
# Imports the npm packages' models once, so that the first clip does not wait for it.
RUN ["node", "bin/whyface.js", "models", "verify"]
EXPOSE 8787
VOLUME ["/var/lib/whyface"]
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
    CMD ["node", "-e", "fetch('http://127.0.0.1:8787/health/ready').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "bin/whyface.js"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8787"]
