package io.millrace.localaws.dynamodb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqliteLibraryTest {

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, libsqlite4java-linux-amd64.so",
        "Linux, i386, libsqlite4java-linux-i386.so",
        "Mac OS X, x86_64, libsqlite4java-osx.dylib",
        "Mac OS X, aarch64, libsqlite4java-osx-aarch64.dylib",
        "Windows 11, amd64, sqlite4java-win32-x64.dll",
        "Windows 10, x86, sqlite4java-win32-x86.dll",
    })
    void theJarCarriesTheLibraryOf(String os, String arch, String file) {
        assertEquals(file, SqliteLibrary.fileName(os, arch));
        assertNotNull(SqliteLibrary.class.getResource("/native/" + file));
    }
}
