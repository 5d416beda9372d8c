package io.millrace.chaos;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a run has done, and what the lake held at its end.
 *
 * @param done how often each disturbance came
 * @param faultyCalls how many calls went wrong
 * @param staleItems how many items were read as they were a while ago
 */
record Verdict(int rounds, Audit audit, Map<Disturbance, Integer> done, int faultyCalls, int staleItems) {

    @Override
    public String toString() {
        String counts = done.entrySet().stream()
                .filter(kind -> kind.getKey() != Disturbance.FAULT)
                .map(kind -> kind.getKey().plural() + " " + kind.getValue() + ", ")
                .collect(Collectors.joining());
        return "rounds " + rounds + ", " + audit + ", " + counts + "faults " + faultyCalls + " calls"
                + (staleItems > 0 ? ", stale reads " + staleItems : "");
    }
}
