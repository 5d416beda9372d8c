package io.millrace.benchmarks.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.benchmarks.api.Options.WrongOption;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {

    private static final List<String> NAMES = List.of("codec", "drain", "producer", "latency", "footprint", "scale");
    private static final List<String> ALL = List.of("ours", "kcl", "camel");

    @Test
    void contendersAreChosenInTheBenchmarksOrder() {
        assertEquals(ALL, parse("drain").chosen(ALL));
        assertEquals(
                List.of("ours", "kcl"),
                parse("--contenders", "kcl,ours", "drain").chosen(ALL));
    }

    @Test
    void anUnknownContenderOrCaseIsToldOf() {
        Options contenders = parse("--contenders", "ours,kcll", "drain");
        String message =
                assertThrows(WrongOption.class, () -> contenders.chosen(ALL)).getMessage();
        assertTrue(message.contains("kcll") && message.contains("camel"), message);
        Options cases = parse("--cases", "5-shards", "scale");
        assertThrows(WrongOption.class, () -> cases.chosenCases(List.of("4-shards")));
    }

    @Test
    void whatIsOneBenchmarksGoesWithItsName() {
        assertThrows(WrongOption.class, () -> parse("--contenders", "ours,kcl", "drain", "latency"));
        assertThrows(WrongOption.class, () -> parse("--cases", "real"));
        assertThrows(WrongOption.class, () -> parse("--jvm", "-Xmx1g", "latency"));
        assertThrows(WrongOption.class, () -> parse("--shards", "8", "scale"));
        assertEquals(8, parse("--shards", "8", "drain").number("--shards", 4));
        assertEquals(List.of("-Xmx1g"), parse("--jvm", "-Xmx1g", "drain").jvm("--jvm", List.of()));
    }

    @Test
    void theShortRunTakesOfItsContendersThoseThatABenchmarkHas() {
        assertEquals(List.of("ours", "kcl"), parse("--check").chosen(ALL));
    }

    @Test
    void whatIsNoOptionIsToldOf() {
        assertThrows(WrongOption.class, () -> parse("drian"));
        assertThrows(WrongOption.class, () -> parse("--runs", "many"));
        assertThrows(WrongOption.class, () -> parse("--runs", "0"));
        assertThrows(WrongOption.class, () -> parse("--runs"));
        assertThrows(WrongOption.class, () -> parse("--contenders", "kcl", "drain"));
        assertThrows(WrongOption.class, () -> parse("--check", "--runs", "1"));
    }

    private static Options parse(String... arguments) {
        return Options.parse(List.of(arguments), NAMES);
    }
}
