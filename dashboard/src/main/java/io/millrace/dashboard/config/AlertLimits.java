package io.millrace.dashboard.config;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Beyond which an alert is raised.
 *
 * @param freshness age of the oldest event that is not in the lake
 * @param stuck time without a commit while records wait
 * @param ownerSwitches changes of a shard's owner in ten minutes
 * @param smallFileBytes size below which an object counts as small
 * @param smallFiles small objects of one service in one hour
 * @param webhook where alerts are posted
 */
public record AlertLimits(
        Duration freshness,
        Duration stuck,
        int ownerSwitches,
        long smallFileBytes,
        int smallFiles,
        Optional<URI> webhook) {}
