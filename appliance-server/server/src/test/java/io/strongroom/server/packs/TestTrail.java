package io.strongroom.server.packs;

import io.strongroom.api.ProblemType;
import io.strongroom.server.access.Caller;
import io.strongroom.server.packs.ExportJob.Ready;
import io.strongroom.server.problem.ProblemException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what is told of packs, until it is broken. */
final class TestTrail implements ExportTrail {
    final List<String> told = new CopyOnWriteArrayList<>();
    volatile boolean broken;

    private void tell(String what) {
        if (broken) {
            throw new ProblemException(ProblemType.LEDGER_UNAVAILABLE, "the ledger is closed");
        }
        told.add(what);
    }

    @Override
    public void requested(ExportJob job) {
        tell("requested " + job.id());
    }

    @Override
    public void completed(ExportJob job, FrozenInputs frozen, Ready ready) {
        tell("completed " + job.id());
    }

    @Override
    public void failed(ExportJob job, String code) {
        tell("failed " + job.id() + " " + code);
    }

    @Override
    public void cancelled(ExportJob job, Caller by) {
        tell("cancelled " + job.id());
    }

    @Override
    public void fetched(ExportJob job, Caller by, long from, long to) {
        tell("fetched " + job.id() + " by " + by.id() + " " + from + "-" + to);
    }

    @Override
    public void verified(ExportJob job, Caller by) {
        tell("verified " + job.id());
    }
}
