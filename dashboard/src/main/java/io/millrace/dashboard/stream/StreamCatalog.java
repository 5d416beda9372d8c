package io.millrace.dashboard.stream;

import io.millrace.dashboard.config.AllowList;
import io.millrace.dashboard.util.Cached;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ListStreamsResponse;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;

/** The streams of the account that the dashboard may show. Thread-safe; AWS is asked at most once in {@link #MAX_AGE}. */
public final class StreamCatalog {

    static final Duration MAX_AGE = Duration.ofSeconds(5);

    /** AWS allows 20 DescribeStreamSummary calls a second an account, and others need them too. */
    static final int MAX_STREAMS = 100;

    private final KinesisClient kinesis;
    private final AllowList allowed;
    private final Cached<List<StreamInfo>> streams;

    public StreamCatalog(KinesisClient kinesis, AllowList allowed, InstantSource clock) {
        this.kinesis = kinesis;
        this.allowed = allowed;
        this.streams = new Cached<>(this::fetch, MAX_AGE, clock);
    }

    /** By name, at most {@link #MAX_STREAMS}. */
    public List<StreamInfo> list() {
        return streams.get();
    }

    /** Whether the stream may be shown; it need not exist. */
    public boolean permits(String name) {
        return allowed.permits(name);
    }

    private List<StreamInfo> fetch() {
        List<StreamInfo> found = new ArrayList<>();
        for (String name : names()) {
            try {
                found.add(describe(name));
            } catch (ResourceNotFoundException e) {
                // Deleted since it was listed.
            }
        }
        return List.copyOf(found);
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        String token = null;
        do {
            String nextToken = token;
            ListStreamsResponse page = kinesis.listStreams(r -> r.nextToken(nextToken));
            page.streamNames().stream().filter(allowed::permits).forEach(names::add);
            token = page.nextToken();
        } while (token != null && names.size() < MAX_STREAMS);
        return names.subList(0, Math.min(names.size(), MAX_STREAMS));
    }

    private StreamInfo describe(String name) {
        StreamDescriptionSummary summary =
                kinesis.describeStreamSummary(r -> r.streamName(name)).streamDescriptionSummary();
        String mode = summary.streamModeDetails() == null
                ? "PROVISIONED"
                : summary.streamModeDetails().streamModeAsString();
        return new StreamInfo(
                name,
                summary.streamARN(),
                summary.streamStatusAsString(),
                mode,
                summary.openShardCount(),
                summary.retentionPeriodHours(),
                summary.encryptionTypeAsString(),
                summary.streamCreationTimestamp());
    }
}
