import { mcpPromises } from "../../helpers/mcp_promises.ts";

mcpPromises();
