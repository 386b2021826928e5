package io.strongroom.api;

import io.strongroom.api.json.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the appliance is: {@code GET /api/v1/ops/status}. Times are RFC 3339.
 *
 * @param parts what is wrong with which of its parts, in a sentence each; empty if nothing is
 * @param engine {@code postgresql} or {@code h2}
 * @param forProduction whether that database may hold what nobody wants to lose
 * @param telemetry the read models of what devices told
 */
public record ApplianceStatus(
        boolean ready,
        Map<String, String> parts,
        String engine,
        boolean forProduction,
        LedgerState ledger,
        ReadModel readModels,
        ReadModel telemetry,
        ProcessState process) {
    public ApplianceStatus {
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }

    /**
     * The ledger.
     *
     * @param size how many entries it has
     * @param checkpointSize how many of them the newest checkpoint covers
     * @param checkpointAt when that was signed; null before the first
     * @param running whether it takes records
     * @param clockJump why it waits for somebody to confirm the clock; null if it does not
     */
    public record LedgerState(
            long size,
            long checkpointSize,
            @Nullable String checkpointAt,
            boolean running,
            @Nullable String clockJump,
            long waitingRecords,
            long waitingBytes) {
        static LedgerState fromJson(Json.Obj json) {
            return new LedgerState(
                    json.integer("size"),
                    json.integer("checkpointSize"),
                    json.optionalText("checkpointAt"),
                    json.truth("running"),
                    json.optionalText("clockJump"),
                    json.integer("waitingRecords"),
                    json.integer("waitingBytes"));
        }
    }

    /**
     * What follows the ledger.
     *
     * @param place every entry before it is in
     * @param lagRecords how many are not
     */
    public record ReadModel(long place, long lagRecords, long lagMillis, boolean rebuilding, boolean failing) {
        static ReadModel fromJson(Json.Obj json) {
            return new ReadModel(
                    json.optionalInteger("watermark").orElseGet(() -> json.integer("cursor")),
                    json.integer("lagRecords"),
                    json.integer("lagMillis"),
                    json.truth("rebuilding"),
                    json.truth("failing"));
        }
    }

    /**
     * The server's process.
     *
     * @param residentBytes the memory that it has; −1 where the system does not tell
     */
    public record ProcessState(long pid, String startedAt, long uptimeSeconds, long residentBytes) {
        static ProcessState fromJson(Json.Obj json) {
            return new ProcessState(
                    json.integer("pid"),
                    json.text("startedAt"),
                    json.integer("uptimeSeconds"),
                    json.integer("residentBytes"));
        }
    }

    public static ApplianceStatus fromJson(Json.Obj json) {
        Map<String, String> parts = new LinkedHashMap<>();
        Json.Obj faults = json.object("parts");
        faults.members().keySet().forEach(part -> parts.put(part, faults.text(part)));
        Json.Obj database = json.object("database");
        return new ApplianceStatus(
                json.truth("ready"),
                parts,
                database.text("engine"),
                database.truth("forProduction"),
                LedgerState.fromJson(json.object("ledger")),
                ReadModel.fromJson(json.object("readModels")),
                ReadModel.fromJson(json.object("telemetry")),
                ProcessState.fromJson(json.object("process")));
    }
}
