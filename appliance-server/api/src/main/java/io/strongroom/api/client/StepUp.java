package io.strongroom.api.client;

import java.util.concurrent.locks.ReentrantLock;

/** Shows a person's second factor for their session. Of calls that need it at once one asks, and the others wait for that. */
final class StepUp {
    private final SecondFactor factor;
    private final Auth auth;
    private final ReentrantLock asking = new ReentrantLock();

    /** How often it was shown. Written with the lock held. */
    private volatile int shown;

    /** @param auth calls without showing it in turn */
    StepUp(SecondFactor factor, Auth auth) {
        this.factor = factor;
        this.auth = auth;
    }

    int shown() {
        return shown;
    }

    /**
     * Shows it; asks as long as the code is wrong.
     *
     * @param before how often it had been shown when the call was made that was refused: if it was shown since, nobody is
     *     asked again
     */
    void show(int before) {
        try {
            asking.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StrongroomException.Interrupted(e);
        }
        try {
            for (boolean wrong = false; shown == before; wrong = true) {
                if (counts(factor.code(wrong))) {
                    shown = before + 1;
                }
            }
        } finally {
            asking.unlock();
        }
    }

    private boolean counts(String code) {
        try {
            var unused = auth.stepUp(code);
            return true;
        } catch (StrongroomException.Unauthenticated | StrongroomException.Refused | StrongroomException.Forbidden e) {
            return false;
        }
    }
}
