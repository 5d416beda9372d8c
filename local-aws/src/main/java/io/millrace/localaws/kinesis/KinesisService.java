package io.millrace.localaws.kinesis;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kinesis Data Streams in memory: every call of the API comes in here. Thread-safe; calls on different shards do not
 * wait for one another. Nothing survives {@link #close}.
 */
public final class KinesisService implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(KinesisService.class);

    private final InstantSource clock;
    private final Streams streams;
    private final Map<String, Operation> operations = new HashMap<>();
    private final SubscribeOperation subscribe;

    public KinesisService(KinesisSettings settings, InstantSource clock) {
        this.clock = clock;
        HeldBytes held = new HeldBytes(settings.maxBytesHeld());
        this.streams = new Streams(settings, held);
        ShardFactory shards = new ShardFactory(held, settings.shardLimits());
        long transitionMillis = settings.transition().toMillis();
        operations.putAll(new PutOperations(streams, held, settings.entryFault()).operations());
        operations.putAll(new ReadOperations(streams).operations());
        operations.putAll(new StreamOperations(streams, shards, transitionMillis).operations());
        operations.put("ListShards", new ListShardsOperation(streams));
        operations.putAll(new ReshardOperations(streams, new Resharding(shards), transitionMillis).operations());
        operations.putAll(new StreamSettingOperations(streams, transitionMillis).operations());
        operations.putAll(new TagOperations(streams).operations());
        operations.putAll(new ConsumerOperations(streams, transitionMillis).operations());
        this.subscribe =
                new SubscribeOperation(streams, clock, settings.shardLimits().limitReads());
    }

    /**
     * Handles one call and never throws: what goes wrong is an error response.
     *
     * @param operation the name after the dot of {@code X-Amz-Target}, as {@code PutRecords}; any but SubscribeToShard
     */
    public KinesisResponse handle(String operation, WireFormat format, byte[] body) {
        try {
            return new KinesisResponse(200, null, run(operation, format, body));
        } catch (IOException | RuntimeException e) {
            return failure(operation, format, e);
        }
    }

    /** Handles SubscribeToShard, which is answered by a {@link Subscription} where nothing is against it. Never throws. */
    public KinesisAnswer subscribe(WireFormat format, byte[] body) {
        try {
            return subscribe.begin(new Operation.Call(format, body, clock.millis()));
        } catch (IOException | RuntimeException e) {
            return failure("SubscribeToShard", format, e);
        }
    }

    private static KinesisResponse failure(String operation, WireFormat format, Exception failure) {
        if (failure instanceof ApiException refusal) {
            return error(format, refusal);
        }
        if (failure instanceof JsonProcessingException unreadable) {
            return error(
                    format,
                    ApiException.serialization("The body is not " + format + ": " + unreadable.getOriginalMessage()));
        }
        log.error("Kinesis {} failed", operation, failure);
        return error(format, ApiException.internalFailure("Internal service failure: " + failure));
    }

    private byte[] run(String operation, WireFormat format, byte[] body) throws IOException {
        Operation found = operations.get(operation);
        if (found == null) {
            throw ApiException.unknownOperation("Kinesis operation " + operation + " is not offered here.");
        }
        try (ByteArrayBuilder bytes = new ByteArrayBuilder()) {
            try (JsonGenerator out = Wire.generator(format, bytes)) {
                found.handle(new Operation.Call(format, body, clock.millis()), out);
            }
            return bytes.toByteArray();
        }
    }

    private static KinesisResponse error(WireFormat format, ApiException error) {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder()) {
            try (JsonGenerator out = Wire.generator(format, bytes)) {
                out.writeStartObject();
                out.writeStringField("__type", error.type());
                out.writeStringField("message", error.getMessage());
                out.writeEndObject();
            }
            return new KinesisResponse(error.status(), error.type(), bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
    }

    /** Lets go of all streams. */
    @Override
    public void close() {
        streams.clear();
    }
}
