/** Intake over HTTP: one record, a batch of lines, a large value. Checks, and hands on to the ledger. */
@NullMarked
package io.strongroom.server.ingest;

import org.jspecify.annotations.NullMarked;
