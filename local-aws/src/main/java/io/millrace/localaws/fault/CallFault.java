package io.millrace.localaws.fault;

import java.time.Duration;
import java.util.Optional;

/**
 * What goes wrong with one call.
 *
 * @param delay how long it waits first
 * @param effect what happens then; absent, it is served as usual
 */
public record CallFault(Duration delay, Optional<Effect> effect) {

    static final CallFault NONE = new CallFault(Duration.ZERO, Optional.empty());
}
