package io.millrace.service;

import java.util.Optional;

/** Which build a process is. */
public final class Version {

    private Version() {}

    /** The version in the manifest of the jar that a class came from; {@code development} where it came from no jar. */
    public static String of(Class<?> type) {
        return Optional.ofNullable(type.getPackage().getImplementationVersion()).orElse("development");
    }
}
