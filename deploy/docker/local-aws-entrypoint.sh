#!/bin/bash
# Under the name and place of LocalStack's own entry point, which Testcontainers' LocalStack module calls.
exec java -XX:SharedArchiveFile=/opt/millrace/millrace-local-aws.jsa -jar /opt/millrace/millrace-local-aws.jar "$@"
