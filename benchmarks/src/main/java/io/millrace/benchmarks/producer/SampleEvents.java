package io.millrace.benchmarks.producer;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** JSON logs of 300 bytes, the same in every process. */
final class SampleEvents {

    static final int BYTES = 300;

    private SampleEvents() {}

    static byte[][] make(int count) {
        Random random = new Random(1);
        byte[][] events = new byte[count][];
        for (int i = 0; i < count; i++) {
            String head = ("{\"timestamp\":\"2025-11-09T13:24:33.%03dZ\",\"service\":\"service-%d\",\"level\":\"INFO\","
                            + "\"trace_id\":\"%016x\",\"latency_ms\":%d,\"message\":\"")
                    .formatted(i % 1000, i % 6, random.nextLong(), random.nextInt(2000));
            StringBuilder event = new StringBuilder(head);
            while (event.length() < BYTES - 2) {
                event.append((char) ('a' + random.nextInt(26)));
            }
            events[i] = event.append("\"}").toString().getBytes(StandardCharsets.UTF_8);
        }
        return events;
    }

    static String[] keys(int count) {
        String[] keys = new String[count];
        for (int i = 0; i < count; i++) {
            keys[i] = "service-" + i;
        }
        return keys;
    }
}
