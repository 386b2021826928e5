/** Questions about records: filters, pages, facets, plans; what each reader may see of a record. */
@NullMarked
package io.strongroom.server.query;

import org.jspecify.annotations.NullMarked;
