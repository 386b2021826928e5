package io.strongroom.agent.command;

import io.strongroom.agent.files.DurableFile;
import io.strongroom.api.CommandOutcome;
import io.strongroom.api.DeviceCommand;
import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import io.strongroom.evidence.json.JsonException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes commands in, whichever way they come and however often, and carries each out once, one after another on a thread of
 * its own. For any number of threads.
 */
public final class Commands implements AutoCloseable {
    private static final String UNREADABLE = "not-understood";

    private final CommandJournal journal;
    private final Deeds deeds;
    private final Outcomes outcomes;
    // What does not fit is given out again.
    private final BlockingQueue<DeviceCommand> waiting = new ArrayBlockingQueue<>(DeviceCommand.MOST_OPEN);
    private final Set<String> taken = ConcurrentHashMap.newKeySet();
    private final Thread worker = Thread.ofPlatform().name("commands").daemon().unstarted(this::work);
    private volatile @Nullable String trouble;

    /**
     * @param data the agent's data folder
     * @param outcomes asked as soon as a command ended; what it could not tell then is told by {@link #tell}
     * @throws IOException if what was carried out before cannot be read
     */
    public Commands(Path data, Deeds deeds, Outcomes outcomes) throws IOException {
        Path file = data.resolve("commands.json");
        DurableFile.createFolder(file.toAbsolutePath().getParent());
        this.journal = new CommandJournal(file).open();
        this.deeds = deeds;
        this.outcomes = outcomes;
    }

    public Commands start() {
        worker.start();
        return this;
    }

    /** Takes a command in, as it travels. One that this agent does not understand is answered with a failure. */
    public void take(Json.Obj command) {
        try {
            DeviceCommand read = DeviceCommand.fromJson(command);
            if (taken.add(read.id()) && !waiting.offer(read)) {
                taken.remove(read.id());
            }
        } catch (JsonShapeException e) {
            refuse(command, String.valueOf(e.getMessage()));
        }
    }

    /** The same, of a message's bytes. What is no JSON is passed over. */
    public void take(byte[] message) {
        try {
            take(Json.parseObject(message));
        } catch (JsonException | JsonShapeException e) {
            trouble = "Something came as a command that is none: " + e.getMessage();
        }
    }

    private void refuse(Json.Obj command, String why) {
        try {
            String id = command.text("id");
            if (DeviceCommand.isId(id) && journal.begin(id)) {
                journal.ended(id, CommandOutcome.Failed.of(UNREADABLE, "This agent does not know the command: " + why));
            }
        } catch (IOException | JsonShapeException e) {
            trouble = "A command could not be answered: " + e.getMessage();
        }
    }

    private void work() {
        try {
            while (true) {
                DeviceCommand next = waiting.take();
                carryOut(next);
                taken.remove(next.id());
            }
        } catch (InterruptedException e) {
            // What was under way is told as interrupted by the next run.
            Thread.currentThread().interrupt();
        }
    }

    private void carryOut(DeviceCommand command) throws InterruptedException {
        try {
            if (!journal.begin(command.id())) {
                return;
            }
            CommandOutcome outcome = outcome(command);
            journal.ended(command.id(), outcome);
            if (outcomes.tell(command.id(), outcome)) {
                journal.told(command.id());
            }
            trouble = null;
        } catch (IOException e) {
            trouble = "What came of a command cannot be written down: " + e;
        } catch (RuntimeException e) {
            // Whatever a library comes up with: the next command is carried out, and this one's outcome told by the
            // next poll.
            trouble = "What came of a command cannot be told: " + e;
        }
    }

    private CommandOutcome outcome(DeviceCommand command) throws InterruptedException {
        try {
            return deeds.carryOut(command.order());
        } catch (RuntimeException e) {
            return CommandOutcome.Failed.of("error", String.valueOf(e));
        }
    }

    /** The ids of commands that need not be given out again, though the appliance may not know that they have ended. */
    public List<String> known() {
        Set<String> known = new LinkedHashSet<>(taken);
        known.addAll(journal.openIds());
        return known.stream().limit(DeviceCommand.MOST_KNOWN).toList();
    }

    /** Tells what could not be told so far; true if nothing is left. */
    public boolean tell() throws InterruptedException {
        for (CommandJournal.Untold untold : journal.untold()) {
            if (!outcomes.tell(untold.command(), untold.outcome())) {
                return false;
            }
            try {
                journal.told(untold.command());
            } catch (IOException e) {
                trouble = "What came of a command cannot be written down: " + e;
                return false;
            }
        }
        return true;
    }

    /** What is wrong; empty if nothing. */
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** Stops, and breaks off what is under way. */
    @Override
    public void close() throws InterruptedException {
        worker.interrupt();
        worker.join();
    }
}
