package io.millrace.dashboard.stream;

import java.time.Instant;

/**
 * A stream as DescribeStreamSummary tells it.
 *
 * @param mode PROVISIONED or ON_DEMAND
 */
public record StreamInfo(
        String name,
        String arn,
        String status,
        String mode,
        int openShards,
        int retentionHours,
        String encryption,
        Instant createdAt) {}
