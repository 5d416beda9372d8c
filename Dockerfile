# The images of Millrace, one target each: consumer, dashboard, ingestion-interface, local-aws, and lake-check for test-kinesis.sh.
#   docker build --target consumer -t millrace/consumer .
# scripts/images.sh builds all of them, from the jars in target/ where they are built already (JARS=prebuilt).
# BASE_IMAGE is any image with a Java from 17 on, bash and glibc; scripts/base-image.sh makes a small one without a registry.
ARG BASE_IMAGE=eclipse-temurin:21.0.9_10-jre-noble
ARG MAVEN_IMAGE=maven:3.9.11-eclipse-temurin-17
# maven builds the jars in here; prebuilt takes what 'mvn package' left.
ARG JARS=maven

FROM ${MAVEN_IMAGE} AS jars-maven
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 mvn -B -q -DskipTests package
RUN mkdir /jars && for service in consumer dashboard ingestion-interface local-aws lake-check; do \
      cp "$service/target/millrace-$service.jar" /jars/ || exit 1; done

FROM scratch AS jars-prebuilt
COPY consumer/target/millrace-consumer.jar dashboard/target/millrace-dashboard.jar \
     ingestion-interface/target/millrace-ingestion-interface.jar local-aws/target/millrace-local-aws.jar \
     lake-check/target/millrace-lake-check.jar /jars/

# hadolint ignore=DL3006
FROM jars-${JARS} AS jars

FROM ${BASE_IMAGE} AS runtime
COPY deploy/docker/healthy LICENSE /opt/millrace/
WORKDIR /home/millrace
# HOME: where the AWS SDK looks for .aws/config. The locale decides how Java names files.
# glibc otherwise keeps a pool of freed memory for up to eight threads a core.
ENV HOME=/home/millrace LC_ALL=C.UTF-8 MALLOC_ARENA_MAX=2
USER 10001:10001
# The root is read-only; an empty volume over this directory takes its mode from here (Fargate: only where it is named so).
VOLUME /tmp

# The classes that each service loads, ready to be mapped. An archive fits one Java and one jar, to
# the second when that was made, so it is made here, and the images take both from here: the build's cache knows a jar by what is
# in it alone.
FROM runtime AS archives
USER 0
COPY --from=jars /jars/millrace-consumer.jar /jars/millrace-dashboard.jar /jars/millrace-ingestion-interface.jar \
     /jars/millrace-local-aws.jar /opt/millrace/
COPY deploy/docker/archive-classes.sh /opt/millrace/
RUN /opt/millrace/archive-classes.sh

# After the archives, which need no making again for another revision.
FROM runtime AS labelled
ARG VERSION=0.1.0-SNAPSHOT
ARG REVISION=unknown
LABEL org.opencontainers.image.vendor="Millrace" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"

FROM labelled AS consumer
LABEL org.opencontainers.image.title="millrace-consumer" \
      org.opencontainers.image.description="Kinesis to a partitioned lake in S3, every event exactly once"
COPY --from=archives /opt/millrace/millrace-consumer.jar /opt/millrace/millrace-consumer.jsa /opt/millrace/
# Memory is set here, to be replaced as a whole: docs/containers.md, has what each option gained.
ENV STATUS_HOST=0.0.0.0 \
    JDK_JAVA_OPTIONS="-XX:MaxRAMPercentage=60 -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xss512k -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=20 -XX:+ExitOnOutOfMemoryError"
EXPOSE 8011
HEALTHCHECK --interval=5s --timeout=5s --start-period=60s --retries=6 \
  CMD ["/opt/millrace/healthy", "STATUS_PORT", "8011", "/health"]
ENTRYPOINT ["java", "-XX:SharedArchiveFile=/opt/millrace/millrace-consumer.jsa", "-jar", "/opt/millrace/millrace-consumer.jar"]

FROM labelled AS dashboard
LABEL org.opencontainers.image.title="millrace-dashboard" \
      org.opencontainers.image.description="Streams, lake and lag in a browser"
COPY --from=archives /opt/millrace/millrace-dashboard.jar /opt/millrace/millrace-dashboard.jsa /opt/millrace/
ENV DASHBOARD_HOST=0.0.0.0 \
    JDK_JAVA_OPTIONS="-XX:MaxRAMPercentage=50 -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xss512k -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=20 -XX:+ExitOnOutOfMemoryError"
EXPOSE 8010
HEALTHCHECK --interval=5s --timeout=5s --start-period=60s --retries=6 \
  CMD ["/opt/millrace/healthy", "DASHBOARD_PORT", "8010", "/health"]
ENTRYPOINT ["java", "-XX:SharedArchiveFile=/opt/millrace/millrace-dashboard.jsa", "-jar", "/opt/millrace/millrace-dashboard.jar"]

FROM labelled AS ingestion-interface
LABEL org.opencontainers.image.title="millrace-ingestion-interface" \
      org.opencontainers.image.description="Log events over HTTP into Kinesis"
COPY --from=archives /opt/millrace/millrace-ingestion-interface.jar /opt/millrace/millrace-ingestion-interface.jsa /opt/millrace/
ENV INGEST_HOST=0.0.0.0 \
    JDK_JAVA_OPTIONS="-XX:MaxRAMPercentage=50 -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xss512k -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=20 -XX:+ExitOnOutOfMemoryError"
EXPOSE 8004
HEALTHCHECK --interval=5s --timeout=5s --start-period=60s --retries=6 \
  CMD ["/opt/millrace/healthy", "INGEST_PORT", "8004", "/health"]
ENTRYPOINT ["java", "-XX:SharedArchiveFile=/opt/millrace/millrace-ingestion-interface.jsa", "-jar", "/opt/millrace/millrace-ingestion-interface.jar"]

FROM labelled AS local-aws
LABEL org.opencontainers.image.title="millrace-local-aws" \
      org.opencontainers.image.description="Kinesis, DynamoDB and S3 on one port, for development; stands in for LocalStack"
COPY --from=archives /opt/millrace/millrace-local-aws.jar /opt/millrace/millrace-local-aws.jsa /opt/millrace/
ENV LOCAL_AWS_BIND=0.0.0.0 \
    JDK_JAVA_OPTIONS="-XX:MaxRAMPercentage=60 -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xss512k -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=20 -XX:+ExitOnOutOfMemoryError"
EXPOSE 4566
HEALTHCHECK --interval=5s --timeout=5s --start-period=60s --retries=6 \
  CMD ["/opt/millrace/healthy", "LOCAL_AWS_PORT", "4566", "/_localstack/health"]
COPY deploy/docker/local-aws-entrypoint.sh /usr/local/bin/docker-entrypoint.sh
ENTRYPOINT ["/usr/local/bin/docker-entrypoint.sh"]

# The check behind test-kinesis.sh, for machines without a JDK.
FROM labelled AS lake-check
LABEL org.opencontainers.image.title="millrace-lake-check" \
      org.opencontainers.image.description="Sends events through Millrace and checks that each is in the lake, exactly once"
COPY --from=jars /jars/millrace-lake-check.jar /opt/millrace/
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", "/opt/millrace/millrace-lake-check.jar"]
