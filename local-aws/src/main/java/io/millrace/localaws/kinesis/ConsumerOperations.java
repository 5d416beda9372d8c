package io.millrace.localaws.kinesis;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** RegisterStreamConsumer, DeregisterStreamConsumer, DescribeStreamConsumer and ListStreamConsumers. */
final class ConsumerOperations {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]+");
    private static final int NAME_CHARS = 128;
    private static final Pattern ARN = Pattern.compile(
            "(arn:aws[^:]*:kinesis:[^:]*:\\d{12}:stream/[a-zA-Z0-9_.-]+)" + "/consumer/([a-zA-Z0-9_.-]+):\\d+");

    private final Streams streams;
    private final long transitionMillis;

    ConsumerOperations(Streams streams, long transitionMillis) {
        this.streams = streams;
        this.transitionMillis = transitionMillis;
    }

    Map<String, Operation> operations() {
        return Map.of(
                "RegisterStreamConsumer", this::register,
                "DeregisterStreamConsumer", this::deregister,
                "DescribeStreamConsumer", this::describe,
                "ListStreamConsumers", this::list);
    }

    /** A consumer and the stream that it reads. */
    record Found(KinesisStream stream, StreamConsumer consumer) {}

    static Found byArn(Streams streams, String arn, long nowMillis) {
        Matcher parts = ARN.matcher(arn);
        if (!parts.matches()) {
            throw Constraint.failed(
                    "ConsumerARN", arn, "Member must satisfy regular expression pattern: " + ARN.pattern());
        }
        KinesisStream stream = streams.requireByArn("ConsumerARN", parts.group(1), nowMillis);
        return stream.consumers()
                .find(parts.group(2), nowMillis)
                .filter(consumer -> consumer.arn().equals(arn))
                .map(consumer -> new Found(stream, consumer))
                .orElseThrow(() -> ApiException.notFound("Consumer " + arn + " not found."));
    }

    private void register(Operation.Call call, JsonGenerator out) throws IOException {
        Request request = call.request();
        long now = call.nowMillis();
        String name = nameOf(request);
        KinesisStream stream = streams.requireByArn("StreamARN", request.requiredText("StreamARN"), now);
        streams.requireActive(stream, now);
        String arn = stream.arn() + "/consumer/" + name + ":" + now / 1000;
        StreamConsumer consumer = new StreamConsumer(name, arn, now, now + transitionMillis);
        stream.consumers().add(consumer, now);
        out.writeStartObject();
        out.writeObjectFieldStart("Consumer");
        consumer.write(out, now);
        out.writeEndObject();
        out.writeEndObject();
    }

    private void deregister(Operation.Call call, JsonGenerator out) throws IOException {
        named(call.request(), call.nowMillis()).consumer().deregister(call.nowMillis() + transitionMillis);
    }

    private void describe(Operation.Call call, JsonGenerator out) throws IOException {
        Found found = named(call.request(), call.nowMillis());
        out.writeStartObject();
        out.writeObjectFieldStart("ConsumerDescription");
        found.consumer().write(out, call.nowMillis());
        out.writeStringField("StreamARN", found.stream().arn());
        out.writeEndObject();
        out.writeEndObject();
    }

    /** By ConsumerARN, or by StreamARN and ConsumerName; where both are given they must agree. */
    private Found named(Request request, long nowMillis) {
        if (request.has("ConsumerARN")) {
            Found found = byArn(streams, request.requiredText("ConsumerARN"), nowMillis);
            boolean agrees = request.text("ConsumerName")
                            .orElse(found.consumer().name())
                            .equals(found.consumer().name())
                    && request.text("StreamARN")
                            .orElse(found.stream().arn())
                            .equals(found.stream().arn());
            if (!agrees) {
                throw ApiException.invalidArgument("ConsumerARN names another consumer than the rest of the request.");
            }
            return found;
        }
        if (!request.has("ConsumerName") || !request.has("StreamARN")) {
            throw ApiException.invalidArgument("Either ConsumerARN, or StreamARN and ConsumerName must be given.");
        }
        String name = nameOf(request);
        KinesisStream stream = streams.requireByArn("StreamARN", request.requiredText("StreamARN"), nowMillis);
        return stream.consumers()
                .find(name, nowMillis)
                .map(consumer -> new Found(stream, consumer))
                .orElseThrow(() -> ApiException.notFound("Consumer " + name + ", stream " + stream.name()
                        + " under account " + streams.accountId() + " not found."));
    }

    private static String nameOf(Request request) {
        String name = request.requiredText("ConsumerName");
        Constraint.text("ConsumerName", name, 1, NAME_CHARS, NAME);
        return name;
    }

    private void list(Operation.Call call, JsonGenerator out) throws IOException {
        Request request = call.request();
        long now = call.nowMillis();
        int max =
                request.integer("MaxResults", 1, Limits.LIST_CONSUMERS_ACCEPTED).orElse(Limits.LIST_CONSUMERS);
        KinesisStream stream = streams.requireByArn("StreamARN", request.requiredText("StreamARN"), now);
        String after = request.has("NextToken") ? continued(request, stream, now) : "";
        List<StreamConsumer> rest = stream.consumers().all(now).stream()
                .filter(consumer -> consumer.name().compareTo(after) > 0)
                .toList();
        List<StreamConsumer> page = rest.subList(0, Math.min(max, rest.size()));
        out.writeStartObject();
        out.writeArrayFieldStart("Consumers");
        for (StreamConsumer consumer : page) {
            out.writeStartObject();
            consumer.write(out, now);
            out.writeEndObject();
        }
        out.writeEndArray();
        if (rest.size() > page.size()) {
            String last = page.get(page.size() - 1).name();
            out.writeStringField("NextToken", OpaqueToken.encode(stream.name(), stream.createdMillis(), last, now));
        }
        out.writeEndObject();
    }

    private static String continued(Request request, KinesisStream stream, long now) {
        if (request.has("StreamCreationTimestamp")) {
            throw ApiException.invalidArgument("NextToken and StreamCreationTimestamp cannot be provided together.");
        }
        List<String> fields = OpaqueToken.decode(request.requiredText("NextToken"), 4)
                .filter(token -> token.get(0).equals(stream.name())
                        && token.get(1).equals(String.valueOf(stream.createdMillis())))
                .orElseThrow(() -> ApiException.invalidArgument("Invalid NextToken."));
        if (now - Long.parseLong(fields.get(3)) > Limits.NEXT_TOKEN_LIFE.toMillis()) {
            throw ApiException.expiredNextToken("NextToken is older than " + Limits.NEXT_TOKEN_LIFE.toSeconds()
                    + " seconds; list the consumers from the start.");
        }
        return fields.get(2);
    }
}
