/** A small writer of Apache Parquet files: flat columns and maps of strings, plain encoding, Zstandard. */
@NullMarked
package io.strongroom.server.packs.parquet;

import org.jspecify.annotations.NullMarked;
