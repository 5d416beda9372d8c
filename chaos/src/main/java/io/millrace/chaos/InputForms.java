package io.millrace.chaos;

import static io.millrace.pipeline.testing.Gzipped.gzip;

import io.millrace.pipeline.testing.KplRecords;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import software.amazon.awssdk.core.SdkBytes;

/** Packs events into records in every form that the consumer takes, by chance. Not thread-safe. */
final class InputForms {

    private static final int MOST_EVENTS = 4;

    private final Random random;

    InputForms(Random random) {
        this.random = random;
    }

    /** A record, with the numbers of the events in it. */
    record Packed(String key, List<Integer> ids, SdkBytes data) {

        Packed(List<Integer> ids, SdkBytes data) {
            this("key-" + ids.get(0), ids, data);
        }

        static Packed plain(int id, String event) {
            return new Packed(List.of(id), SdkBytes.fromUtf8String(event));
        }

        Packed withKey(String other) {
            return new Packed(other, ids, data);
        }
    }

    /** Each event in one record. */
    List<Packed> pack(Map<Integer, String> events) {
        List<Packed> packed = new ArrayList<>();
        List<Integer> ids = new ArrayList<>(events.keySet());
        while (!ids.isEmpty()) {
            List<Integer> some = ids.subList(0, Math.min(ids.size(), 1 + random.nextInt(MOST_EVENTS)));
            packed.add(new Packed(
                    List.copyOf(some),
                    SdkBytes.fromByteArray(data(some.stream().map(events::get).toList()))));
            some.clear();
        }
        return packed;
    }

    private byte[] data(List<String> events) {
        if (events.size() == 1) {
            return random.nextBoolean() ? bytes(events.get(0)) : gzip(bytes(events.get(0)));
        }
        return switch (random.nextInt(5)) {
            case 0 -> bytes(String.join("\n", events));
            case 1 -> bytes("[" + String.join(",", events) + "]");
            case 2 -> gzip(bytes(String.join("\n", events)));
            case 3 ->
                KplRecords.of("key", events.stream().map(InputForms::bytes).toList());
            default -> {
                String rest = String.join(",", events.subList(1, events.size()));
                yield KplRecords.of("key", List.of(gzip(bytes(events.get(0))), bytes("[" + rest + "]")));
            }
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
