package io.millrace.lake.partition;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.lake.partition.HivePath.ServiceHour;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NotBlank;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HivePathTest {

    private static final long HOURS = 32_503_680_000L / 3600;

    @Property
    void aFolderThatIsWrittenIsRead(
            @ForAll
                    @AlphaChars
                    @Chars({'=', '/', '%', ' ', ':', '[', '\t', 'é', '日'})
                    @StringLength(min = 1, max = 30)
                    @NotBlank
                    String service,
            @ForAll @LongRange(min = 0, max = HOURS - 1) long hour) {
        String path = new Partitioner().assign(service, hour * 3600).path();
        assertEquals(
                Optional.of(new ServiceHour(service, Instant.ofEpochSecond(hour * 3600))), HivePath.parse(path + "/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "service=a/",
                "service=a/year=2025/month=13/day=09/hour=13/",
                "service=a/year=2025/month=11/day=09/hour=13",
                "service=a/year=2025/month=11/day=09/hour=13/part-1.jsonl",
                "_dead-letter/reason=not-json/year=2025/month=11/day=09/hour=13/"
            })
    void anythingElseIsNoServicesHour(String prefix) {
        assertEquals(Optional.empty(), HivePath.parse(prefix));
    }
}
