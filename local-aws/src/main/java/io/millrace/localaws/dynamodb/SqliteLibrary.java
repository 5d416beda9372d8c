package io.millrace.localaws.dynamodb;

import com.almworks.sqlite4java.SQLite;
import com.almworks.sqlite4java.SQLiteException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Loads DynamoDBLocal's SQLite, a native library that the jar carries for each system under {@code native/}.
 *
 * <p>A JVM loads it once, whatever number of instances it starts.
 */
final class SqliteLibrary {

    /** Held here because java.util.logging forgets the level of a logger that nobody references. */
    private static final Logger SQLITE_LOGGER = Logger.getLogger("com.almworks.sqlite4java");

    private SqliteLibrary() {}

    /** @throws IllegalStateException where no library fits this system */
    static synchronized void load() {
        SQLITE_LOGGER.setLevel(Level.WARNING);
        String name = fileName(System.getProperty("os.name"), System.getProperty("os.arch"));
        try (InputStream library = SqliteLibrary.class.getResourceAsStream("/native/" + name)) {
            if (library == null) {
                throw new IllegalStateException("DynamoDB: no SQLite library for this system (" + name + ")");
            }
            Path folder = Files.createTempDirectory("millrace-sqlite-");
            Path file = folder.resolve(name);
            Files.copy(library, file);
            SQLite.setLibraryPath(folder.toString());
            SQLite.loadLibrary();
            discard(file);
            discard(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("DynamoDB: cannot unpack SQLite's library " + name, e);
        } catch (SQLiteException e) {
            throw new IllegalStateException("DynamoDB: cannot load SQLite's library " + name, e);
        }
    }

    static String fileName(String osName, String osArch) {
        String os = osName.toLowerCase(Locale.ROOT);
        boolean amd64 = osArch.equals("amd64") || osArch.equals("x86_64");
        if (os.startsWith("mac")) {
            return amd64 ? "libsqlite4java-osx.dylib" : "libsqlite4java-osx-" + osArch + ".dylib";
        }
        if (os.startsWith("windows")) {
            return amd64 ? "sqlite4java-win32-x64.dll" : "sqlite4java-win32-" + osArch + ".dll";
        }
        return "libsqlite4java-linux-" + (amd64 ? "amd64" : osArch) + ".so";
    }

    /** A loaded library's file may go at once on Linux and macOS; Windows lets it go only when the JVM ends. */
    private static void discard(Path path) {
        if (!path.toFile().delete()) {
            path.toFile().deleteOnExit();
        }
    }
}
