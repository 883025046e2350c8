import { Menu, type MenuItemConstructorOptions } from 'electron';

/** Whether to ask for a folder, as most recordings and all models are, or for a single file, such as an MCAP file. */
export type Wanted = 'folder' | 'file';

/** What the menu can ask for. */
export interface MenuActions {
  open(wanted: Wanted): void;
  showLibrary(): void;
  showPage(page: string): void;
}

/** The menu of the app; items with a role are the system's own. */
export function setMenu(actions: MenuActions, platform: NodeJS.Platform): void {
  const isMac = platform === 'darwin';
  const pages: MenuItemConstructorOptions[] = [
    ['Home', '#/'],
    ['Drive', '#/drive'],
    ['Recordings', '#/recordings'],
    ['Train', '#/train'],
    ['Evaluate', '#/evaluate'],
  ].map(([label, page], index) => ({
    label: label!,
    accelerator: `CmdOrCtrl+${index + 1}`,
    click: () => actions.showPage(page!),
  }));
  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [{ role: 'appMenu' as const }] : []),
    {
      label: '&File',
      submenu: [
        { label: 'Open a recording or model…', accelerator: 'CmdOrCtrl+O', click: () => actions.open('folder') },
        { label: 'Open a recording’s file…', accelerator: 'CmdOrCtrl+Shift+O', click: () => actions.open('file') },
        { label: 'Show the library’s folder', click: () => actions.showLibrary() },
        { type: 'separator' },
        isMac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    { label: '&Go', submenu: pages },
    {
      label: '&View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        { role: 'toggleDevTools' },
      ],
    },
    { role: 'windowMenu' },
    // macOS has it in the menu of the app.
    ...(isMac ? [] : [{ label: '&Help', submenu: [{ role: 'about' as const }] }]),
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
