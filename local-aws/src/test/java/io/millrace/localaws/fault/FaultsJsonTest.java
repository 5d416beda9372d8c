package io.millrace.localaws.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsJsonTest {

    @Test
    void readsOneRuleOrMany() {
        assertEquals(
                List.of(Fault.throttle("kinesis:PutRecords")
                        .withRate(0.2)
                        .withTimes(5)
                        .withDuring(Duration.ofMillis(1_500))),
                read("{'operation': 'kinesis:PutRecords', 'effect': 'throttle', 'rate': 0.2, 'times': 5,"
                        + " 'seconds': 1.5}"));
        assertEquals(
                List.of(Fault.serverError("s3:*", 500), Fault.delay("*", Duration.ofMillis(30))),
                read("[{'operation': 's3:*', 'effect': 'error'},"
                        + " {'operation': '*', 'effect': 'delay', 'delayMillis': 30}]"));
    }

    @Test
    void whatItWritesItReadsBack() {
        List<Fault> all = List.of(
                Fault.throttle("a:B").withRate(0.5),
                Fault.serverError("a:B", 503).withTimes(3),
                Fault.dropBefore("a:B"),
                Fault.dropAfter("a:B").withDuring(Duration.ofMillis(250)),
                Fault.delay("a:B", Duration.ofMillis(40)),
                Fault.throttleEntries(),
                Fault.staleReads(Duration.ofMillis(1_500)).withRate(0.5),
                Fault.failEntries());
        Faults faults = new Faults(1, () -> Instant.EPOCH);
        all.forEach(faults::add);
        String written = FaultsJson.write(faults.list());

        String array = written.substring(written.indexOf('['), written.lastIndexOf(']') + 1);
        assertEquals(all, read(array));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'operation': 's3:*', 'effect': 'trottle'}",
                "{'effect': 'throttle'}",
                "{'operation': 's3:*'}",
                "{'operation': 's3:*', 'effect': 'throttle', 'rat': 0.1}",
                "{'operation': 's3:*', 'effect': 'throttle', 'rate': 'often'}",
                "{'operation': 's3:*', 'effect': 'error', 'status': 404}",
                "{'operation': 'dynamodb:*', 'effect': 'stale-reads'}",
                "{'operation': 'dynamodb:*', 'effect': 'stale-reads', 'ageMillis': 60001}",
                "[null]",
                "operation=s3:*",
                ""
            })
    void saysWhatIsWrongInOneLine(String json) {
        String message =
                assertThrows(IllegalArgumentException.class, () -> read(json)).getMessage();
        assertTrue(!message.isBlank() && message.lines().count() == 1, message);
    }

    private static List<Fault> read(String json) {
        return FaultsJson.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
