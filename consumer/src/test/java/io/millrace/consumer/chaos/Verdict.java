package io.millrace.consumer.chaos;

/** What a run has done, and what the lake held at its end. */
record Verdict(int rounds, Audit audit, int kills, int freezes, int stops, int reshards, int faultyCalls) {

    @Override
    public String toString() {
        return "rounds " + rounds + ", " + audit + ", kills " + kills + ", freezes " + freezes + ", stops " + stops
                + ", reshards " + reshards + ", faults " + faultyCalls + " calls";
    }
}
