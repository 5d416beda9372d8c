package io.millrace.service.http;

import java.util.List;

/**
 * Judges a process, for whoever would restart it or send it work. Thread-safe; both answer at once, from what is known.
 */
public interface Health {

    /** Why the process should be restarted, one line each; none where it is well. */
    List<String> defects();

    /** Why no work is done now, one line each; none where the process is ready. */
    List<String> obstacles();
}
