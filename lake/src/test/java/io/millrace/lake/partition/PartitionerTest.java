package io.millrace.lake.partition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionerTest {

    private static final long TIME = Instant.parse("2025-11-09T13:24:33Z").getEpochSecond();

    private final Partitioner partitioner = new Partitioner();

    @ParameterizedTest
    @CsvSource({
        "api-gateway, api-gateway",
        "../x, ..%2Fx",
        "a=b/c, a%3Db%2Fc",
        "%2F, %252F",
        "a b, a b",
        "naïve 😀, naïve 😀",
        "'tab\tnul\0', tab%09nul%00",
        "__HIVE_DEFAULT_PARTITION__, %5F_HIVE_DEFAULT_PARTITION__",
        "'a\"#''*:?\\{[]^\u007Fb', a%22%23%27%2A%3A%3F%5C%7B%5B%5D%5E%7Fb"
    })
    void escapesAsHiveDoes(String service, String value) {
        assertEquals("service=" + value, partitioner.assign(service, TIME).prefix());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t", "unknown"})
    void withoutAServiceItIsUnknown(String service) {
        assertEquals("service=unknown", partitioner.assign(service, TIME).prefix());
    }

    @Test
    void whatNoListingCanHoldIsReplaced() {
        assertEquals(
                "service=\uFFFD\uFFFD", partitioner.assign("\ud800\uffff", TIME).prefix());
    }

    @Test
    void longNamesAreCutAndStayApart() {
        String long1 = partitioner.assign("x".repeat(5_000), TIME).prefix();
        String long2 = partitioner.assign("x".repeat(4_999) + "y", TIME).prefix();
        assertNotEquals(long1, long2);
        assertTrue(long1.matches("service=x{167}-[0-9a-f]{32}"), long1);
        assertEquals(
                "service=" + "x".repeat(200),
                partitioner.assign("x".repeat(200), TIME).prefix());
    }

    @Property
    void anyNameIsBoundedAndCannotLeaveItsFolder(@ForAll String service) {
        String prefix = partitioner.assign(service, TIME).prefix();
        assertTrue(prefix.getBytes(StandardCharsets.UTF_8).length <= "service=".length() + HiveNames.LIMIT_BYTES);
        assertEquals(-1, prefix.indexOf('/'));
        assertEquals(0, prefix.chars().filter(c -> c < ' ' || c == 0xFFFF).count());
    }

    @Test
    void thePathIsTheHourInUtc() {
        assertEquals(
                "service=a/year=2025/month=11/day=09/hour=13",
                partitioner.assign("a", TIME).path());
        assertEquals(
                "service=a/year=1970/month=01/day=01/hour=00",
                partitioner.assign("a", 0).path());
        assertEquals(
                "_dead-letter/reason=not-json/year=2025/month=11/day=09/hour=13",
                OutputPartition.deadLetter("not-json", TIME).path());
    }

    @Test
    void theCacheDoesNotChangeTheResult() {
        for (int i = 0; i < 25_000; i++) {
            assertEquals("service=s%2F" + i, partitioner.assign("s/" + i, TIME).prefix());
        }
    }
}
