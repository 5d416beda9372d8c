package io.millrace.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The properties file that CONFIG_FILE names. Several processes may share it: names of settings that only another
 * process has are passed over, names that no process has are refused.
 */
final class ConfigFile {

    private static final int MAX_BYTES = 1 << 20;

    private ConfigFile() {}

    /**
     * Reads the file; a byte order mark, which some editors put in front, is dropped.
     *
     * @throws IOException for a file that cannot be read, is too large or is not UTF-8
     * @throws IllegalArgumentException for a malformed escape
     */
    static Map<String, String> read(Path path) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        }
        if (bytes.length > MAX_BYTES) {
            throw new IOException("larger than 1 MiB");
        }
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
        Properties properties = new Properties();
        properties.load(new StringReader(text.startsWith("\uFEFF") ? text.substring(1) : text));
        Map<String, String> texts = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> texts.put(name, properties.getProperty(name)));
        return texts;
    }

    /** Why a name in the file is refused; empty when it is not. */
    static String refusal(String name, Set<String> own) {
        if (name.equals(SharedSettings.CONFIG_FILE.name())) {
            return name + " has no effect inside the file: remove it";
        }
        if (own.contains(name) || Catalogue.NAMES.contains(name)) {
            return "";
        }
        Set<String> all = new TreeSet<>(Catalogue.NAMES);
        all.addAll(own);
        return name + " is not a setting of Millrace" + Names.hint(name, all);
    }
}
