# The function's image. Stages: the module is rebuilt and compared, the code is bundled, the runtime client is compiled
# (again only when the packages change); of these the last stage takes only files. Its order is that of change: map,
# client, code.
#
#   docker build --build-arg MAP=japan.tmap --platform linux/arm64 -t tomare .
ARG TOOLCHAIN_IMAGE=debian:trixie-slim@sha256:a29215f6a35e51e22adffa17f89e9d2ef06214e64a2bad10d765c46aea49f11f
ARG BASE_IMAGE=node:24.21.0-trixie-slim@sha256:8ec5d7557396cfe32d21c3f9c13072355ceab22b584578ca4bb28af31120cffe

FROM ${TOOLCHAIN_IMAGE} AS module
# versions are those of the suite, checked below: the rebuilt module must equal the committed one
# hadolint ignore=DL3008
RUN command -v emcc >/dev/null || { apt-get update && \
    apt-get install -y --no-install-recommends emscripten libprotozero-dev && rm -rf /var/lib/apt/lists/*; }
WORKDIR /work
COPY core-cpp core-cpp
COPY mapdata mapdata
COPY sources.txt ./
COPY test/conditions/oracle.cpp test/conditions/oracle.wasm test/conditions/
COPY tools/toolchain.sh tools/
COPY wasm wasm
RUN TOMARE_TOOLCHAIN=/ wasm/build.sh --check

FROM ${BASE_IMAGE} AS packages
ARG NODE_EXTRA_CA_CERTS
WORKDIR /work
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund

FROM packages AS bundle
COPY tools/bundle.ts tools/check_set.ts tools/holiday_dates.ts tools/page.ts tools/
COPY src src
COPY mapdata mapdata
COPY --from=module /work/wasm/compiler.wasm wasm/
# the function, the report's page, the hook of its deployments, and the town and drives of its self-check
RUN node tools/bundle.ts function dist/lambda && node tools/page.ts && \
    node tools/bundle.ts src/lambda/pre_traffic.ts dist/lambda/pre_traffic.mjs && \
    node tools/bundle.ts src/lambda/compact.ts dist/lambda/compact.mjs && node tools/check_set.ts check

FROM packages AS client
ENV npm_config_nodedir=/usr/local
# hadolint ignore=DL3008
RUN apt-get update && apt-get install -y --no-install-recommends cmake g++ make python3 xz-utils && \
    rm -rf /var/lib/apt/lists/* && npm rebuild aws-lambda-ric --foreground-scripts

FROM ${BASE_IMAGE}
ARG MAP=build/demo/town.tmap
COPY ${MAP} /opt/tomare/map.tmap
WORKDIR /var/task
COPY --from=client /work/node_modules/aws-lambda-ric/LICENSE /work/node_modules/aws-lambda-ric/package.json \
    /work/node_modules/aws-lambda-ric/index.mjs /work/node_modules/aws-lambda-ric/rapid-client.node \
    node_modules/aws-lambda-ric/
COPY package.json settings.yaml LICENSE ./
COPY mapdata/profiles mapdata/profiles
COPY --from=module /work/wasm/tomare.wasm wasm/
COPY --from=bundle /work/check check
COPY --from=bundle /work/dist/page dist/page
COPY --from=bundle /work/dist/lambda dist/lambda
ENV LAMBDA_TASK_ROOT=/var/task TOMARE_MAP=/opt/tomare/map.tmap NODE_ENV=production
USER 1000:1000
ENTRYPOINT ["node", "--disable-warning=ExperimentalWarning", "--max-semi-space-size=8", "node_modules/aws-lambda-ric/index.mjs"]
CMD ["dist/lambda/main.handler"]
