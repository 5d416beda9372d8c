package io.millrace.localaws.kinesis;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The members of a request, checked as AWS checks them. Records have their own quick way: {@link PutBatch}. */
final class Request {

    private final WireFormat format;
    private final JsonNode members;

    private Request(WireFormat format, JsonNode members) {
        this.format = format;
        this.members = members;
    }

    static Request parse(WireFormat format, byte[] body) throws IOException {
        JsonNode members = Wire.tree(format, body);
        if (!members.isObject()) {
            throw ApiException.serialization("The request's body is not an object.");
        }
        return new Request(format, members);
    }

    boolean has(String name) {
        return members.hasNonNull(name);
    }

    JsonNode node(String name) {
        return members.path(name);
    }

    Optional<String> text(String name) {
        JsonNode value = members.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw ApiException.serialization(name + " is not a string.");
        }
        return Optional.of(value.textValue());
    }

    String requiredText(String name) {
        return text(name).orElseThrow(() -> Constraint.missing(name));
    }

    /** A name that is well-formed, if one is given at all. */
    Optional<String> streamName() {
        Optional<String> value = text("StreamName");
        value.ifPresent(Constraint::streamName);
        return value;
    }

    OptionalInt integer(String name, int min, int max) {
        JsonNode value = members.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return OptionalInt.empty();
        }
        if (!value.isIntegralNumber()) {
            throw ApiException.serialization(name + " is not a whole number.");
        }
        Constraint.number(name, value.longValue(), min, max);
        return OptionalInt.of(value.intValue());
    }

    int requiredInteger(String name, int min, int max) {
        return integer(name, min, max).orElseThrow(() -> Constraint.missing(name));
    }

    /** False where it is absent. */
    boolean flag(String name) {
        JsonNode value = members.path(name);
        if (!value.isMissingNode() && !value.isNull() && !value.isBoolean()) {
            throw ApiException.serialization(name + " is not a boolean.");
        }
        return value.asBoolean();
    }

    /** Epoch milliseconds. */
    OptionalLong timestamp(String name) {
        return has(name) ? OptionalLong.of(Wire.readTimestamp(format, members.path(name))) : OptionalLong.empty();
    }

    Optional<Request> object(String name) {
        if (!has(name)) {
            return Optional.empty();
        }
        if (!members.path(name).isObject()) {
            throw ApiException.serialization(name + " is not an object.");
        }
        return Optional.of(new Request(format, members.path(name)));
    }

    <E extends Enum<E>> E requiredEnum(String name, Class<E> type) {
        String value = requiredText(name);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(value)) {
                return constant;
            }
        }
        throw Constraint.notOneOf(name, value, type.getEnumConstants());
    }
}
