package io.millrace.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.benchmarks.Options.WrongOption;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {

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
    void besideOtherBenchmarksItMayBeTheirs() {
        Options both = parse("--contenders", "ours,jackson-tree,kcl", "codec", "drain");
        assertEquals(List.of("ours", "kcl"), both.chosen(ALL));
        Options none = parse("--cases", "4-shards", "latency", "scale");
        assertThrows(WrongOption.class, () -> none.chosenCases(List.of("flush-1s")));
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
        return Options.parse(List.of(arguments));
    }
}
