package io.millrace.service;

/** What a process ends with. Scripts and orchestrators read it; a process may have further codes of its own above 2. */
public final class ExitCode {

    /** It did its work, or was stopped in order. */
    public static final int OK = 0;

    /** It could not start, or not go on, or not stop in order. */
    public static final int FAILED = 1;

    /** An option or a setting is wrong; the same start would fail again. */
    public static final int WRONG_USAGE = 2;

    private ExitCode() {}
}
