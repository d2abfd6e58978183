/** The compiled program as the server that hosts start: the same promises as from source. */
import { mcpPromises } from "../helpers/mcp_promises.ts";

mcpPromises();
