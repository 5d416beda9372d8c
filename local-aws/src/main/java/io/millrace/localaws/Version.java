package io.millrace.localaws;

/** Which build this is. */
public final class Version {

    private Version() {}

    /** The jar's version; {@code development} where classes do not come from a jar. */
    public static String get() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
