package io.millrace.localaws.kinesis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** All streams of the account, found by name or ARN. Thread-safe. */
final class Streams {

    private static final Pattern ARN = Pattern.compile("arn:aws[^:]*:kinesis:([^:]*):(\\d{12}):stream/(\\S+)");

    private final KinesisSettings settings;
    private final HeldBytes held;
    private final ConcurrentNavigableMap<String, KinesisStream> byName = new ConcurrentSkipListMap<>();

    Streams(KinesisSettings settings, HeldBytes held) {
        this.settings = settings;
        this.held = held;
    }

    String arnOf(String name) {
        return "arn:aws:kinesis:" + settings.region() + ":" + settings.accountId() + ":stream/" + name;
    }

    /** Of a stream that nobody has given another. */
    Duration retention() {
        return settings.retention();
    }

    String accountId() {
        return settings.accountId();
    }

    /** By name; streams that are gone are left out. */
    List<KinesisStream> all(long nowMillis) {
        List<KinesisStream> streams = new ArrayList<>();
        for (KinesisStream stream : byName.values()) {
            if (!forgetIfGone(stream, nowMillis)) {
                streams.add(stream);
            }
        }
        return streams;
    }

    Optional<KinesisStream> find(String name, long nowMillis) {
        KinesisStream stream = byName.get(name);
        return stream == null || forgetIfGone(stream, nowMillis) ? Optional.empty() : Optional.of(stream);
    }

    void add(KinesisStream stream) {
        byName.put(stream.name(), stream);
    }

    /** The stream that a request means by its StreamName, StreamARN or both. */
    KinesisStream require(Optional<String> name, Optional<String> arn, long nowMillis) {
        Optional<String> nameOfArn = arn.map(value -> nameOf("StreamARN", value));
        if (name.isPresent() && nameOfArn.isPresent() && !name.equals(nameOfArn)) {
            throw ApiException.invalidArgument(
                    "StreamName " + name.get() + " and StreamARN " + arn.get() + " name different streams.");
        }
        String wanted = name.or(() -> nameOfArn)
                .orElseThrow(() -> ApiException.invalidArgument("Either StreamName or StreamARN must be given."));
        return find(wanted, nowMillis).orElseThrow(() -> notFound(wanted));
    }

    KinesisStream require(Request request, long nowMillis) {
        return require(request.streamName(), request.text("StreamARN"), nowMillis);
    }

    /** As above, and refused while it is being made, changed or deleted. */
    KinesisStream requireActive(Request request, long nowMillis) {
        KinesisStream stream = require(request, nowMillis);
        requireActive(stream, nowMillis);
        return stream;
    }

    void requireActive(KinesisStream stream, long nowMillis) {
        StreamStatus status = stream.status(nowMillis);
        if (status != StreamStatus.ACTIVE) {
            throw notActive(stream, status);
        }
    }

    ApiException notActive(KinesisStream stream, StreamStatus status) {
        return ApiException.inUse("Stream " + stream.name() + " under account " + accountId()
                + " not ACTIVE, instead in state " + status);
    }

    KinesisStream requireByArn(String member, String arn, long nowMillis) {
        String name = nameOf(member, arn);
        return find(name, nowMillis).orElseThrow(() -> notFound(name));
    }

    /** As above, and refused unless records can be put and read. */
    KinesisStream requireReady(Optional<String> name, Optional<String> arn, long nowMillis) {
        KinesisStream stream = require(name, arn, nowMillis);
        if (!stream.status(nowMillis).takesRecords()) {
            throw notFound(stream.name());
        }
        return stream;
    }

    ApiException notFound(String streamName) {
        return ApiException.notFound("Stream " + streamName + " under account " + accountId() + " not found.");
    }

    ApiException shardNotFound(KinesisStream stream, String shardId) {
        return ApiException.notFound("Could not find shard " + shardId + " in stream " + stream.name()
                + " under account " + accountId() + ".");
    }

    int openShards(long nowMillis) {
        return all(nowMillis).stream()
                .mapToInt(stream -> stream.shards().open().size())
                .sum();
    }

    void checkShardLimit(int more, long nowMillis) {
        if (openShards(nowMillis) + (long) more > Limits.SHARDS_PER_ACCOUNT) {
            throw ApiException.limitExceeded("This request would exceed the shard limit for the account " + accountId()
                    + " in " + settings.region() + ": " + Limits.SHARDS_PER_ACCOUNT + ".");
        }
    }

    void clear() {
        byName.values().forEach(stream -> stream.shards().all().forEach(Shard::delete));
        byName.clear();
    }

    /** Frees memory, the oldest records of any stream first, until what is held fits under the cap again. */
    synchronized void trimToCap() {
        while (held.isOverCap()) {
            Shard oldest = null;
            long oldestArrival = Long.MAX_VALUE;
            for (KinesisStream stream : byName.values()) {
                for (Shard shard : stream.shards().all()) {
                    long arrival = shard.oldestArrival();
                    if (arrival < oldestArrival) {
                        oldest = shard;
                        oldestArrival = arrival;
                    }
                }
            }
            if (oldest == null) {
                return;
            }
            oldest.dropOldest();
        }
    }

    private String nameOf(String member, String arn) {
        Matcher parts = ARN.matcher(arn);
        if (!parts.matches()) {
            throw Constraint.failed(
                    member,
                    arn,
                    "Member must satisfy regular expression pattern: arn:aws.*:kinesis:.*:\\d{12}:.*stream/\\S+");
        }
        String name = parts.group(3);
        if (!parts.group(1).equals(settings.region()) || !parts.group(2).equals(settings.accountId())) {
            throw ApiException.notFound("Stream " + name + " under account " + parts.group(2) + " not found.");
        }
        return name;
    }

    private boolean forgetIfGone(KinesisStream stream, long nowMillis) {
        if (!stream.isGone(nowMillis)) {
            return false;
        }
        if (byName.remove(stream.name(), stream)) {
            stream.shards().all().forEach(Shard::delete);
        }
        return true;
    }
}
