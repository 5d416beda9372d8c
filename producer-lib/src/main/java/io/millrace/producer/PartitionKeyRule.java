package io.millrace.producer;

import java.util.Locale;

/** How {@link LogProducer} derives a log's partition key from it. */
public sealed interface PartitionKeyRule {

    /** The field that names a log's service. */
    String SERVICE_FIELD = "service";

    /** The value of the field {@code service}: a service's logs stay in order, in one shard. */
    static PartitionKeyRule service() {
        return new Field(SERVICE_FIELD);
    }

    /** The value of a top-level field, whatever its type. */
    record Field(String name) implements PartitionKeyRule {
        public Field {
            if (name.isEmpty()) {
                throw new IllegalArgumentException("the field has no name");
            }
        }

        @Override
        public String toString() {
            return name.equals(SERVICE_FIELD) ? "service" : "field:" + name;
        }
    }

    /** {@code service} and one of {@code ways} suffixes in turn, for services too busy for one shard. */
    record Spread(int ways) implements PartitionKeyRule {
        public Spread {
            if (ways < 2 || ways > 10_000) {
                throw new IllegalArgumentException("spread must be 2 to 10000 ways, was " + ways);
            }
        }

        @Override
        public String toString() {
            return "spread:" + ways;
        }
    }

    /** A new key for each log: the most even load, and no order. */
    record Random() implements PartitionKeyRule {
        @Override
        public String toString() {
            return "random";
        }
    }

    /** Reads {@code service}, {@code field:NAME}, {@code spread}, {@code spread:N} or {@code random}. */
    static PartitionKeyRule parse(String text) {
        String[] parts = text.split(":", 2);
        String rule = parts[0].toLowerCase(Locale.ROOT);
        if (parts.length == 2) {
            return switch (rule) {
                case "field" -> new Field(parts[1]);
                case "spread" -> new Spread(Integer.parseInt(parts[1]));
                default -> throw new IllegalArgumentException("no such rule");
            };
        }
        return switch (rule) {
            case "service" -> service();
            case "spread" -> new Spread(16);
            case "random" -> new Random();
            default -> throw new IllegalArgumentException("no such rule");
        };
    }
}
