import { chromium } from '@playwright/test';
const [,, base] = process.argv;
const b = await chromium.launch({executablePath: process.env.CHROMIUM_PATH || '/usr/bin/chromium', args:['--no-sandbox','--disable-gpu','--disable-dev-shm-usage']});
for (const [name,w,dark,url,y=0,h=1000,js=1] of JSON.parse(process.env.SHOTS)) {
  const c = await b.newContext({viewport:{width:w,height:h}, colorScheme: dark?'dark':'light', javaScriptEnabled: !!js});
  const p = await c.newPage();
  await p.goto(base+url); await p.waitForTimeout(400);
  if (y) { if (js) await p.evaluate((y)=>scrollTo({top:y,behavior:'instant'}), y); else await p.mouse.wheel(0,y); await p.waitForTimeout(200); }
  await p.screenshot({path:`/tmp/${name}.png`});
  await c.close();
}
await b.close();
