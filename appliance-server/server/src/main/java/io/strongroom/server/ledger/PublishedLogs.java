package io.strongroom.server.ledger;

/** Where requests get the log from, as it is published at that moment. */
@FunctionalInterface
interface PublishedLogs {
    PublishedLog newest();
}
