package io.millrace.dashboard.alert;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.dashboard.config.AlertLimits;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks, judges and tells, once each time that it is run. Used by one thread. */
public final class AlertRound implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(AlertRound.class);

    private final Observer observer;
    private final AlertRules rules;
    private final AlertBook book;
    private final Optional<Webhook> webhook;

    public AlertRound(Observer observer, AlertLimits limits, AlertBook book, ObjectMapper json) {
        this.observer = observer;
        this.rules = new AlertRules(limits);
        this.book = book;
        this.webhook = limits.webhook().map(url -> new Webhook(url, json));
    }

    @Override
    public void run() {
        Observation seen = observer.look();
        AlertBook.Change change = book.update(rules.judge(seen), seen.time());
        change.raised().forEach(alert -> log.warn("Alert: {}", alert.message()));
        change.cleared().forEach(alert -> log.info("Alert is over: {} {}", alert.kind(), alert.subject()));
        webhook.ifPresent(hook -> {
            hook.add(change);
            hook.post();
        });
    }
}
