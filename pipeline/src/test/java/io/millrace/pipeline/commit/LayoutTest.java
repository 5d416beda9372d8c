package io.millrace.pipeline.commit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.lake.event.TimeForms;
import io.millrace.pipeline.sink.Compression;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutTest {

    /** A commit that an older release has prepared is finished by that release's reading of times. */
    @ParameterizedTest
    @CsvSource({"1, FIRST, true", "2, FIRST, false", "3, ALL, false"})
    void eachVersionKeepsItsRules(int version, TimeForms times, boolean dropsCopiesUncounted) {
        Layout layout = layout(version);
        assertEquals(times, layout.timeForms());
        assertEquals(dropsCopiesUncounted, layout.dropsCopiesUncounted());
    }

    @Test
    void aNewerVersionIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> layout(Layout.VERSION + 1));
    }

    private static Layout layout(int version) {
        return new Layout(version, Compression.NONE, "service", "timestamp", Optional.empty());
    }
}
