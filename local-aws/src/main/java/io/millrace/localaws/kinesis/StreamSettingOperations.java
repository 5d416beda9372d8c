package io.millrace.localaws.kinesis;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;

/** Changes of one setting of a stream: retention, mode, record size. */
final class StreamSettingOperations {

    private final Streams streams;
    private final long transitionMillis;

    StreamSettingOperations(Streams streams, long transitionMillis) {
        this.streams = streams;
        this.transitionMillis = transitionMillis;
    }

    Map<String, Operation> operations() {
        return Map.of(
                "IncreaseStreamRetentionPeriod",
                (call, out) -> setRetention(call, true),
                "DecreaseStreamRetentionPeriod",
                (call, out) -> setRetention(call, false),
                "UpdateStreamMode",
                this::updateStreamMode,
                "UpdateMaxRecordSize",
                this::updateMaxRecordSize);
    }

    private void setRetention(Operation.Call call, boolean increase) throws IOException {
        Request request = call.request();
        int hours = request.requiredInteger("RetentionPeriodHours", Integer.MIN_VALUE, Integer.MAX_VALUE);
        KinesisStream stream = streams.require(request, call.nowMillis());
        if (hours < Limits.MIN_RETENTION_HOURS) {
            throw ApiException.invalidArgument("Minimum allowed retention period is " + Limits.MIN_RETENTION_HOURS
                    + " hours. Requested retention period (" + hours + " hours) is too short.");
        }
        if (hours > Limits.MAX_RETENTION_HOURS) {
            throw ApiException.invalidArgument("Maximum allowed retention period is " + Limits.MAX_RETENTION_HOURS
                    + " hours. Requested retention period (" + hours + " hours) is too long.");
        }
        synchronized (stream) {
            streams.requireActive(stream, call.nowMillis());
            int current = stream.retentionHours();
            if (increase ? hours < current : hours > current) {
                throw ApiException.invalidArgument("Requested retention period (" + hours + " hours) for stream "
                        + stream.name() + " can not be " + (increase ? "shorter" : "longer")
                        + " than existing retention period (" + current + " hours). Use "
                        + (increase ? "Decrease" : "Increase") + "RetentionPeriod API.");
            }
            stream.setRetentionHours(hours);
            stream.enter(StreamStatus.UPDATING, call.nowMillis() + transitionMillis);
        }
    }

    private void updateStreamMode(Operation.Call call, JsonGenerator out) throws IOException {
        Request request = call.request();
        request.requiredText("StreamARN");
        if (!request.has("StreamModeDetails")) {
            throw Constraint.missing("StreamModeDetails");
        }
        StreamMode mode = StreamOperations.modeOf(request);
        KinesisStream stream = streams.require(request, call.nowMillis());
        synchronized (stream) {
            streams.requireActive(stream, call.nowMillis());
            stream.setMode(mode);
            stream.enter(StreamStatus.UPDATING, call.nowMillis() + transitionMillis);
        }
    }

    private void updateMaxRecordSize(Operation.Call call, JsonGenerator out) throws IOException {
        Request request = call.request();
        request.requiredText("StreamARN");
        int kib = request.requiredInteger("MaxRecordSizeInKiB", Limits.MIN_MAX_RECORD_KIB, Limits.MAX_MAX_RECORD_KIB);
        KinesisStream stream = streams.require(request, call.nowMillis());
        synchronized (stream) {
            streams.requireActive(stream, call.nowMillis());
            stream.setMaxRecordKib(kib);
            stream.enter(StreamStatus.UPDATING, call.nowMillis() + transitionMillis);
        }
    }
}
