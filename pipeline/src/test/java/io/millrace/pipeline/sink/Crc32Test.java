package io.millrace.pipeline.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class Crc32Test {

    @Property(tries = 200)
    void itIsThatOfAllSlicesTogether(
            @ForAll long seed,
            @ForAll @IntRange(max = 40) int count,
            @ForAll @IntRange(min = 1, max = 20_000) int longest) {
        Random random = new Random(seed);
        List<ByteBuffer> slices = new ArrayList<>();
        CRC32 expected = new CRC32();
        for (int i = 0; i < count; i++) {
            byte[] bytes = new byte[random.nextInt(longest)];
            random.nextBytes(bytes);
            expected.update(bytes);
            slices.add(ByteBuffer.wrap(bytes).asReadOnlyBuffer());
        }
        ByteBuffer value = ByteBuffer.wrap(Base64.getDecoder().decode(Crc32.base64(slices)));
        assertEquals((int) expected.getValue(), value.getInt());
        slices.forEach(slice -> assertEquals(0, slice.position(), "slices stay as they are"));
    }

    @Test
    void nothingHasOneToo() {
        assertEquals("AAAAAA==", Crc32.base64(List.of()));
    }
}
